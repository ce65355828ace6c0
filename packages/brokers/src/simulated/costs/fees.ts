import { parseIsoDate, type SessionDay } from '@tradekit/core';

/** What regulators take of a fill, beside the broker's commission. */
export interface FeeSchedule {
  /** Stands among the assumptions of a report. */
  readonly name: string;
  /** Dollars to pay for a fill on a New York date. Not rounded: brokers round the day's sum up to a cent. */
  feesOf(day: SessionDay, sign: 1 | -1, quantity: number, price: number): number;
}

/** No fees: the null object. */
export const noFees: FeeSchedule = Object.freeze<FeeSchedule>({ name: 'none', feesOf: () => 0 });

/** A rate of the SEC's fee on sales (Section 31 of the Securities Exchange Act). */
export interface SecFeeRow {
  /** First New York date. */
  readonly from: string;
  /** Dollars for a million dollars of sales. */
  readonly perMillion: number;
  readonly notice: string;
}

/** A rate of FINRA's trading activity fee on shares sold. */
export interface TafRow {
  /** First New York date. */
  readonly from: string;
  /** Dollars a share, and most for one trade. */
  readonly perShare: number;
  readonly mostPerTrade: number;
  readonly notice: string;
}

/** The SEC's rates. Before the first row its rate is taken. */
export const SEC_FEES: readonly SecFeeRow[] = Object.freeze([
  { from: '2018-05-22', perMillion: 13, notice: 'SEC Fee Rate Advisory #2 for Fiscal Year 2018' },
  { from: '2019-04-16', perMillion: 20.7, notice: 'SEC Fee Rate Advisory #2 for Fiscal Year 2019' },
  { from: '2020-02-18', perMillion: 22.1, notice: 'SEC Fee Rate Advisory #2 for Fiscal Year 2020' },
  { from: '2021-02-25', perMillion: 5.1, notice: 'SEC Fee Rate Advisory #2 for Fiscal Year 2021' },
  { from: '2022-05-14', perMillion: 22.9, notice: 'SEC Fee Rate Advisory #2 for Fiscal Year 2022' },
  { from: '2023-02-27', perMillion: 8, notice: 'SEC Fee Rate Advisory #2 for Fiscal Year 2023' },
  { from: '2024-05-22', perMillion: 27.8, notice: 'SEC Fee Rate Advisory #2 for Fiscal Year 2024' },
  { from: '2025-05-14', perMillion: 0, notice: 'FINRA Information Notice of 2025-04-24' },
  { from: '2026-04-04', perMillion: 20.6, notice: 'FINRA Information Notice of 2026-03-17' },
]);

/** FINRA's rates. Before the first row its rate is taken. */
export const TAF_FEES: readonly TafRow[] = Object.freeze([
  { from: '2012-07-01', perShare: 0.000119, mostPerTrade: 5.95, notice: 'FINRA Regulatory Notice 12-31' },
  { from: '2022-01-01', perShare: 0.00013, mostPerTrade: 6.49, notice: 'SR-FINRA-2020-032' },
  { from: '2023-01-01', perShare: 0.000145, mostPerTrade: 7.27, notice: 'SR-FINRA-2020-032' },
  { from: '2024-01-01', perShare: 0.000166, mostPerTrade: 8.3, notice: 'SR-FINRA-2020-032' },
  { from: '2026-01-01', perShare: 0.000195, mostPerTrade: 9.79, notice: 'SR-FINRA-2024-019' },
  { from: '2027-01-01', perShare: 0.000232, mostPerTrade: 11.61, notice: 'SR-FINRA-2024-019' },
  { from: '2028-01-01', perShare: 0.00024, mostPerTrade: 12.05, notice: 'SR-FINRA-2024-019' },
]);

/** The SEC's and FINRA's fees of US stocks on the date of each sale, as {@link SEC_FEES} and {@link TAF_FEES} have them. Buys pay nothing. */
export const usFees: FeeSchedule = Object.freeze<FeeSchedule>({
  name: 'SEC fee and FINRA trading activity fee of the date of each sale',
  feesOf(day, sign, quantity, price) {
    if (sign > 0) return 0;
    const taf = rowOf(TAF, day);
    return (quantity * price * rowOf(SEC, day).perMillion) / 1e6 + Math.min(quantity * taf.perShare, taf.mostPerTrade);
  },
});

const SEC = dated(SEC_FEES);
const TAF = dated(TAF_FEES);

function dated<Row extends { readonly from: string }>(
  rows: readonly Row[],
): readonly (Row & { readonly day: number })[] {
  return rows.map((row) => ({ ...row, day: parseIsoDate(row.from) ?? Number.NaN }));
}

/** The last row that has begun, else the first. */
function rowOf<Row extends { readonly day: number }>(rows: readonly Row[], day: SessionDay): Row {
  let place = rows.length - 1;
  while (place > 0 && rows[place]!.day > day) place -= 1;
  return rows[place]!;
}
