/** How deep types and values may nest, in levels. Configuration nests some five; code that walks values recurses. */
export const MAX_DEPTH = 256

/** How deep JSON may nest: an object type takes two levels of it, a value with its type one more. */
export const MAX_JSON_DEPTH = 2 * MAX_DEPTH + 2

/** The longest JSON text read, in bytes (characters when it comes as a string). */
export const MAX_JSON_LENGTH = 64 * 1024 * 1024

/** The most values (of any size) in one JSON text, so that `[[],[],…` cannot cost a hundred times its length. */
export const MAX_JSON_VALUES = 1_000_000

/** The most different types that are unified into one; the work grows with their square. */
export const MAX_UNIFIED_TYPES = 256

/** The most digits a number may have when written out without exponent; Go keeps about 154 of them. */
export const MAX_NUMBER_DIGITS = 1024
