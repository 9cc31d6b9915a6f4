/**
 * The moment the default and the generated data end at: 1 January 2024, 00:00 UTC, in Unix seconds. It is fixed, so that
 * the same options give the same bytes on every day; only rows made by requests carry the time of the clock.
 */
export const EPOCH = 1_704_067_200;
