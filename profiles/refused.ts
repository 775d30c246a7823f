/** A profile that can't be used. The message names the value, what was given and what is allowed. */
export class RefusedProfile extends Error {
  override name = "RefusedProfile";
}
