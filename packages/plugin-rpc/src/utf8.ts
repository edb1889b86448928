// A leading byte-order mark is text like any other; bytes that are no UTF-8 become U+FFFD, as in Go's JSON.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const encoder = new TextEncoder()

export const decodeUtf8 = (bytes: Uint8Array): string => decoder.decode(bytes)
export const encodeUtf8 = (text: string): Uint8Array => encoder.encode(text)
