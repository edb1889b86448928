/** Bytes of one value on the wire: configuration may hold whole files. */
export const MAX_VALUE_BYTES = 67_108_864

/** Values inside one value, itself and map keys counted. */
export const MAX_VALUES = 1_000_000

/** Maps and lists inside each other. */
export const MAX_DEPTH = 128
