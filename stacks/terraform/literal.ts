/** A text that Terraform must not read as a template: `${...}` and `%{...}` stay as they are. */
export function literal(text: string): string {
  return text.replaceAll("${", "$${").replaceAll("%{", "%%{");
}

/** What `literal` was given. */
export function fromLiteral(text: string): string {
  return text.replaceAll("$${", "${").replaceAll("%%{", "%{");
}
