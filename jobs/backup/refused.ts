/** A backup, a rehearsal or a restore was refused before it changed anything; the message says why. */
export class Refused extends Error {
  override name = "Refused";
}
