/** How long anything that a deploy brings may take to be ready, an image that is pulled for the first time included. */
export const secondsToBeReady = 900;

/** A JVM that starts in 2 s took 38 s on a busy node. Until then no liveness probe may take it for dead. */
export const secondsForJvmToStart = 120;
