import { WireError } from '../wire-error.ts'
import { decodeGob } from './decode.ts'
import { encodeGob, type Write, writeStruct } from './encode.ts'
import { FIRST_DEFINED, INT, struct } from './gob-type.ts'
import { GobStruct, mismatch } from './gob-value.ts'

const types = new Map([[FIRST_DEFINED, struct('CommandFinished', ['ExitStatus', INT])]])

/**
 * How a remote command ended, as a communicator tells it on the response stream: always gob, with or without
 * `--protobuf`.
 *
 * @param status the command's exit status, a safe integer
 * @throws WireError `wire.unsupported` when the status is no integer.
 */
export function encodeCommandFinished(status: number): Uint8Array {
  if (!Number.isSafeInteger(status))
    throw new WireError('wire.unsupported', `The exit status ${status} is no integer; answer one.`)
  const exitStatus: Write | undefined = status === 0 ? undefined : (writer) => writer.int(status)
  return encodeGob({ types, type: FIRST_DEFINED, value: (writer) => writeStruct(writer, [exitStatus]) })
}

/**
 * Reads the exit status from everything that came on a response stream.
 *
 * @throws WireError when the bytes are no such message, for example because the other end died before it was complete.
 */
export function decodeCommandFinished(bytes: Uint8Array): number {
  const finished = decodeGob(bytes)
  if (!(finished instanceof GobStruct)) throw mismatch('the end of a command', 'a struct')
  return finished.number('ExitStatus')
}
