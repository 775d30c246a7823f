/** How long anything that is deployed may take to become ready, including the first pull of its image. */
export const secondsToBeReady = 900;

/** A JVM that starts in 2 s took 38 s on a busy node. Liveness probes wait this long before they restart it. */
export const secondsForJvmToStart = 120;
