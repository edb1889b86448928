/** The longest gob stream that is read, in bytes. */
export const MAX_GOB_BYTES = 64 * 1024 * 1024

/** How deep the values of one stream may nest; a level of a cty value takes two, a block in a block four. */
export const MAX_GOB_DEPTH = 600

/** How many values, of any kind and level, one stream may hold. */
export const MAX_GOB_VALUES = 250_000
