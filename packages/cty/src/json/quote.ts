import { normalText } from '../text.ts'

/** A JSON string as Go writes it: `<`, `>`, `&` and the two line separators are escaped too. */
export function quote(text: string): string {
  return JSON.stringify(normalText(text)).replace(/[<>&\u2028\u2029]/g, escaped)
}

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
