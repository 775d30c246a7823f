/** A record with a larger value goes to quarantine without being parsed; the lake's own events are far smaller. */
export const maxValueBytes = 65_536;

/** Limit for an event's text without allowed values or pattern: as long as any name, and short enough for a key. */
export const maxTextCharacters = 255;

/**
 * An event that arrives in Kafka later than this after it happened stays in bronze and is counted as rejected:
 * its day is closed for silver and gold.
 */
export const lateLimitDays = 3;

/** Devices' clocks may be ahead. An event further in the future than this is rejected like a late one. */
export const futureLimitHours = 24;
