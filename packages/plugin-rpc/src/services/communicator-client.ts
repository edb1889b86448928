import type { Readable, Writable } from 'node:stream'
import type { Acceptance } from '../broker/broker.ts'
import type { Communicator, FileInfo, RemoteCommand, RunningCommand } from '../components.ts'
import { decodeCommandFinished } from '../gob/command-finished.ts'
import type { RpcClient } from '../net-rpc/client.ts'
import { WireError } from '../wire-error.ts'
import { copyFrom, copyTo } from '../yamux/node-streams.ts'
import type { YamuxStream } from '../yamux/stream.ts'
import { MAX_STATUS_BYTES, STATUS_LOST } from './command-status.ts'
import { writeDirectoryTransfer } from './directory-transfer.ts'
import { writeFileInfo } from './file-info.ts'
import type { Peer } from './peer.ts'

/** The other end's communicator. Its methods dial the streams that are accepted here. */
export function communicatorClient(rpc: RpcClient, peer: Peer): Communicator {
  return {
    start: (command) => start(rpc, peer, command),
    upload: (file) => upload(rpc, peer, file),
    download: (file) => download(rpc, peer, file),
    uploadDir: async (transfer) => {
      await rpc.call('Communicator.UploadDir', writeDirectoryTransfer(transfer))
    },
    downloadDir: async (transfer) => {
      await rpc.call('Communicator.DownloadDir', writeDirectoryTransfer(transfer))
    },
  }
}

interface Accepted {
  readonly id: number
  readonly acceptance: Acceptance
}

function accept(peer: Peer): Accepted {
  const id = peer.broker.nextId()
  return { id, acceptance: peer.broker.accept(id) }
}

/** Output and status may come before the answer to the call, so everything is ready before it. */
async function start(rpc: RpcClient, peer: Peer, command: RemoteCommand): Promise<RunningCommand> {
  const stdin = command.stdin && accept(peer)
  const stdout = command.stdout && accept(peer)
  const stderr = command.stderr && accept(peer)
  const response = accept(peer)
  const over = new AbortController()
  const outputs = [copyOutput(stdout, command.stdout), copyOutput(stderr, command.stderr)]
  const exitStatus = readStatus(response, outputs).finally(() => over.abort())
  exitStatus.catch(() => {})
  sendInput(stdin, command.stdin, over.signal)
  try {
    await rpc.call('Communicator.Start', {
      Command: command.command,
      StdinStreamId: stdin?.id ?? 0,
      StdoutStreamId: stdout?.id ?? 0,
      StderrStreamId: stderr?.id ?? 0,
      ResponseStreamId: response.id,
    })
    return { exitStatus }
  } catch (error) {
    for (const one of [stdin, stdout, stderr, response]) one?.acceptance.withdraw()
    over.abort()
    throw error
  }
}

async function copyOutput(from: Accepted | undefined, target: Writable | undefined): Promise<void> {
  if (from && target) await copyTo(await from.acceptance.stream, target)
}

function sendInput(to: Accepted | undefined, source: Readable | undefined, stopped: AbortSignal): void {
  // A command need not read its input to the end; that it ended says more than that it did not.
  if (to && source) to.acceptance.stream.then((stream) => copyFrom(source, stream, stopped)).catch(() => {})
}

async function readStatus(response: Accepted, outputs: readonly Promise<void>[]): Promise<number> {
  const status = response.acceptance.stream.then(readFinished)
  await Promise.all([...outputs, status.catch(() => {})])
  try {
    return await status
  } catch (error) {
    if (error instanceof WireError && error.code === 'wire.lost') throw error
    return STATUS_LOST
  }
}

/** Takes the status as soon as it is whole: the end of its stream comes when the other end likes. */
async function readFinished(stream: YamuxStream): Promise<number> {
  let bytes = Buffer.alloc(0)
  try {
    for (let chunk = await stream.read(); chunk; chunk = await stream.read()) {
      bytes = Buffer.concat([bytes, chunk])
      if (bytes.length > MAX_STATUS_BYTES) stream.reset()
      const status = statusIn(bytes)
      if (status !== undefined) return status
    }
    return decodeCommandFinished(bytes)
  } finally {
    stream.discard()
    void stream.close()
  }
}

/** Undefined where more has to come. */
function statusIn(bytes: Uint8Array): number | undefined {
  try {
    return decodeCommandFinished(bytes)
  } catch (error) {
    if (error instanceof WireError && error.code === 'wire.truncated') return undefined
    throw error
  }
}

interface Upload {
  readonly path: string
  readonly source: Readable
  readonly info?: FileInfo
}

async function upload(rpc: RpcClient, peer: Peer, { path, source, info }: Upload): Promise<void> {
  const { id, acceptance } = accept(peer)
  const over = new AbortController()
  const sent = acceptance.stream.then((stream) => copyFrom(source, stream, over.signal))
  const answer = rpc.call('Communicator.Upload', {
    Path: path,
    ReaderStreamId: id,
    FileInfo: writeFileInfo(info),
  })
  answer.catch(() => {})
  try {
    await Promise.race([answer, sent.then(() => answer)])
  } finally {
    acceptance.withdraw()
    over.abort()
  }
}

async function download(
  rpc: RpcClient,
  peer: Peer,
  { path, target }: { readonly path: string; readonly target: Writable },
): Promise<void> {
  const { id, acceptance } = accept(peer)
  const received = acceptance.stream.then((stream) => copyTo(stream, target))
  try {
    await Promise.all([rpc.call('Communicator.Download', { Path: path, WriterStreamId: id }), received])
  } finally {
    acceptance.withdraw()
  }
}
