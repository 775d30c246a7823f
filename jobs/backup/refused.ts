/** What a backup, a rehearsal or a restore does not do, and why; nothing was changed. */
export class Refused extends Error {
  override name = "Refused";
}
