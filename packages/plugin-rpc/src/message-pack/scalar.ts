import * as format from './format.ts'

const SIMPLE: Readonly<Record<number, null | boolean>> = {
  [format.NIL]: null,
  [format.FALSE]: false,
  [format.TRUE]: true,
}

/** Nil, a boolean or a number; 64-bit integers are numbers where that is exact, else bigints. All its bytes are there. */
export function readScalar(view: DataView, at: number): null | boolean | number | bigint {
  const first = view.getUint8(at)
  if (first < format.FIX_MAP) return first
  if (first >= format.NEGATIVE_FIX_INT) return first - 256
  return SIMPLE[first] === undefined ? readNumber(view, first, at + 1) : SIMPLE[first]
}

function readNumber(view: DataView, first: number, at: number): number | bigint {
  switch (first) {
    case format.FLOAT32:
      return view.getFloat32(at)
    case format.FLOAT64:
      return view.getFloat64(at)
    case format.UINT8:
      return view.getUint8(at)
    case format.UINT16:
      return view.getUint16(at)
    case format.UINT32:
      return view.getUint32(at)
    case format.UINT64:
      return exact(view.getBigUint64(at))
    case format.INT8:
      return view.getInt8(at)
    case format.INT16:
      return view.getInt16(at)
    case format.INT32:
      return view.getInt32(at)
    default:
      return exact(view.getBigInt64(at))
  }
}

function exact(integer: bigint): number | bigint {
  const number = Number(integer)
  return Number.isSafeInteger(number) ? number : integer
}
