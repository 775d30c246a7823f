/** How fast customers live. */
export interface Tempo {
  /** Mean gap between two sessions of an average customer, virtual ms. */
  readonly gapMs: number;
  /** Mean length of a session, virtual ms. */
  readonly sessionMs: number;
  /** Whether people sleep at night and stay up at week-ends. */
  readonly rhythm: boolean;
  /** How many times as fast as a person a customer acts. Fraud's own steps keep a person's speed. */
  readonly compression: number;
  /** What a day counts for until money comes back, ms. */
  readonly returnDayMs: number;
  /** Mean time until somebody who left comes back, virtual ms. */
  readonly awayMs: number;
  /** How long it takes until a customer has made as many visits as a person in a year, virtual ms. */
  readonly yearMs: number;
}
