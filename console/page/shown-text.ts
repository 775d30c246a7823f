/** Control and invisible characters, marks that change the direction of writing, and code points without a character. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\p{Cs}]/gu;

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (character === "\n") return "\\n";
  if (character === "\r") return "\\r";
  if (character === "\t") return "\\t";
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, "0")}`;
}

/** Untrusted text, made safe to show: characters that can't be seen are written as escapes. */
export function shown(text: string): string {
  return text.replace(unseen, escaped);
}
