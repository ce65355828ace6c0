/** From `risk.sizer` of a config to a sizer. */
import { assertNever, on } from '@tradekit/core';
import { atr, featureSet } from '@tradekit/indicators';
import {
  type AnySizer,
  averageTrueRange,
  bookVolatility,
  capped,
  type Edge,
  equalRisk,
  fixedFraction,
  fixedQuantity,
  fixedRisk,
  forecastEdge,
  kelly,
  realisedVolatility,
  scaled,
  signalEdge,
  smallest,
  tradesEdge,
  type VolatilityMeasure,
  volatilityTarget,
} from '@tradekit/risk';
import type { EdgeContent, KellyContent, MeasureContent, SizerContent } from '../config/sizer-content.js';
import { given } from './given.js';

/** Told of every Kelly sizer that is made, and answers with what stands in its place. */
export type KellyObserver = (sizer: AnySizer) => AnySizer;

/** The sizer of a config. */
export function sizerOf(content: SizerContent, observed: KellyObserver): AnySizer {
  const inner = (of: SizerContent): AnySizer => sizerOf(of, observed);
  switch (content.kind) {
    case 'fixed-fraction':
      return fixedFraction(content);
    case 'fixed-quantity':
      return fixedQuantity(content.shares);
    case 'fixed-risk':
      return fixedRisk(content);
    case 'volatility-target': {
      const { annualFraction, measure } = content;
      return volatilityTarget({ annualFraction, measure: measureOf(measure) });
    }
    case 'kelly':
      return observed(kellyOf(content));
    case 'equal-risk':
      return equalRisk(content);
    case 'book-volatility':
      return bookVolatility({ annualFraction: content.annualFraction, of: inner(content.of) });
    case 'capped':
      return capped({ capFraction: content.capFraction, of: inner(content.of) });
    case 'scaled':
      return scaled({ factor: content.factor, of: inner(content.of) });
    case 'smallest':
      return smallest(...content.of.map(inner));
    default:
      return assertNever(content);
  }
}

function measureOf(measure: MeasureContent = { kind: 'realised' }): VolatilityMeasure {
  if (measure.kind === 'realised') return realisedVolatility(given({ sessions: measure.sessions }));
  return averageTrueRange(on('day', atr(measure.period)));
}

function kellyOf({ edge, horizonSessions, costBps, fraction }: KellyContent): AnySizer {
  return kelly({ edge: edgeOf(edge), horizonSessions, ...given({ costBps, fraction }) });
}

function edgeOf(edge: EdgeContent): Edge {
  switch (edge.kind) {
    case 'signal':
      return signalEdge();
    case 'trades':
      return tradesEdge(given({ minTrades: edge.minTrades, shrinkageTrades: edge.shrinkageTrades }));
    case 'forecast':
      return forecastEdge(featureSet([{ ...edge.feature, name: 'forecast' }]).spec('forecast'));
    default:
      return assertNever(edge);
  }
}
