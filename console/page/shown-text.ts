/** Controls, invisible characters, and marks that turn the direction of writing; also what is in no alphabet. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\p{Cs}]/gu;

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (character === "\n") return "\\n";
  if (character === "\r") return "\\r";
  if (character === "\t") return "\\t";
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, "0")}`;
}

/** Text of others, in which nothing can hide: what can't be seen is written as an escape. */
export function shown(text: string): string {
  return text.replace(unseen, escaped);
}
