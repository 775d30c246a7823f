/** A record with a larger value goes to quarantine unread: no event of ours comes near it. */
export const maxValueBytes = 65_536;

/** Of a text of an event that has no form of its own: as long as any name, and short enough for a key. */
export const maxTextCharacters = 255;

/**
 * An event that arrives in Kafka later than this after it happened stays in bronze and is counted as rejected:
 * its day is closed for silver and gold.
 */
export const lateLimitDays = 3;

/** Devices' clocks run ahead; an event from further in the future than this is rejected like a late one. */
export const futureLimitHours = 24;
