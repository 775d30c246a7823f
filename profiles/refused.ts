/** A profile that can't be used. The message says which value, what was got and what is allowed. */
export class RefusedProfile extends Error {
  override name = "RefusedProfile";
}
