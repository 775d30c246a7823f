/** How fast customers live. */
export interface Tempo {
  /** Mean gap between two sessions of an average customer, virtual ms. */
  readonly gapMs: number;
  /** Mean length of a session, virtual ms. */
  readonly sessionMs: number;
  /** Whether people sleep at night and stay up at week-ends. */
  readonly rhythm: boolean;
  /** How many times as fast as a person a customer acts. Steps of fraud keep a person's speed. */
  readonly compression: number;
  /** Length of a day in the delays of refunds and chargebacks, ms. */
  readonly returnDayMs: number;
  /** Mean time until a customer who left comes back, virtual ms. */
  readonly awayMs: number;
  /** Time in which a customer makes as many visits as a person does in a year, virtual ms. */
  readonly yearMs: number;
}
