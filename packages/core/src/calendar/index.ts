export { type BarGrid, barGrid } from './bar-grid.js';
export { calendarBasis, nyse } from './nyse.js';
export { barsInSession, type Session, type TradingCalendar } from './session.js';
export {
  type BarSpan,
  barSpan,
  type IntradayTimeframe,
  lastSessionOfWeek,
  requireTimeframe,
  TIMEFRAMES,
  type Timeframe,
  timeframeMs,
} from './timeframe.js';
export {
  type EverySlice,
  everySlice,
  isExitSlice,
  phase,
  requireExitSlice,
  type SessionPhase,
  type SessionTimes,
  type SessionTimetable,
  type SessionTimetableOptions,
  sessionTimes,
  sessionTimetable,
  type Timetable,
} from './timetable.js';
export { type WeekdayCalendarOptions, weekdayCalendar } from './weekday.js';
