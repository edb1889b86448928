/** The first byte of a value, where it is not a range: see {@link FIX_MAP} and its like. */
export const NIL = 0xc0
export const FALSE = 0xc2
export const TRUE = 0xc3
export const BIN8 = 0xc4
export const EXT8 = 0xc7
export const FLOAT32 = 0xca
export const FLOAT64 = 0xcb
export const UINT8 = 0xcc
export const UINT16 = 0xcd
export const UINT32 = 0xce
export const UINT64 = 0xcf
export const INT8 = 0xd0
export const INT16 = 0xd1
export const INT32 = 0xd2
export const INT64 = 0xd3
export const FIX_EXT1 = 0xd4
export const STR8 = 0xd9
export const ARRAY16 = 0xdc
export const MAP16 = 0xde

/** Where the ranges begin that hold a length or number in the first byte itself. */
export const FIX_MAP = 0x80
export const FIX_ARRAY = 0x90
export const FIX_STR = 0xa0
export const NEGATIVE_FIX_INT = 0xe0

/** The extension type of a point in time. */
export const TIMESTAMP = -1
