/** How long anything that a deploy brings may take to be ready, an image that is pulled for the first time included. */
export const secondsToBeReady = 900;
