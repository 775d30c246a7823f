import { shown } from "./shown-text";

export function bytesOfBase64(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Bytes as text: those that aren't UTF-8 as `\x..`, invisible characters as `\u....`. */
export function bytesAsText(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length;) {
    const length = characterLength(bytes, at);
    if (length === 0) {
      text += `\\x${hex(bytes[at] ?? 0)}`;
      at += 1;
    } else {
      text += shown(strict.decode(bytes.subarray(at, at + length)));
      at += length;
    }
  }
  return text;
}

/** Length of the UTF-8 character that begins here; 0 if none does. */
function characterLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  try {
    strict.decode(bytes.subarray(at, at + length));
    return at + length <= bytes.length ? length : 0;
  } catch {
    return 0;
  }
}

const lineLength = 8;

/** Bytes as a hex dump: lines of position, hexadecimal and ASCII. */
export function bytesAsHex(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += lineLength) {
    const line = [...bytes.subarray(at, at + lineLength)];
    const digits = line
      .map(hex)
      .join(" ")
      .padEnd(lineLength * 3 - 1);
    const ascii = line
      .map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "·"))
      .join("");
    lines.push(`${at.toString(16).padStart(4, "0")}  ${digits}  ${ascii}`);
  }
  return lines.join("\n");
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}
