/** The longest encoded value that is read, in bytes. */
export const MAX_VALUE_BYTES = 64 * 1024 * 1024

/** How many values, of any kind and level, one encoded value may hold. */
export const MAX_VALUES = 250_000

/** The most bits the mantissa of a number in gob may have; Go uses 64 for integers and 512 for what it parsed. */
export const MAX_FLOAT_PRECISION = 1024

/** The largest power of two, positive or negative, of a number in gob: a little more than a double has. */
export const MAX_FLOAT_EXPONENT = 1100
