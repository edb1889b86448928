import type { Writable } from 'node:stream'
import type { Communicator, RunningCommand } from '../components.ts'
import { encodeCommandFinished } from '../gob/command-finished.ts'
import { errorText } from '../net-rpc/error-text.ts'
import type { ServiceTable } from '../net-rpc/service-table.ts'
import { readableFrom, writableTo } from '../yamux/node-streams.ts'
import type { YamuxStream } from '../yamux/stream.ts'
import { STATUS_LOST } from './command-status.ts'
import { readDirectoryTransfer } from './directory-transfer.ts'
import { readFileInfo } from './file-info.ts'
import type { Peer } from './peer.ts'
import { asFields, asOptionalStreamId, asStreamId, asText } from './shape.ts'

/** Whom a communicator is served to. */
export interface Caller {
  readonly peer: Peer
  /** Aborts when the caller has left. */
  readonly left: AbortSignal
}

/** Adds `Communicator` to what a stream offers. Its caller accepts the streams that these methods dial. */
export function serveCommunicator(communicator: Communicator, services: ServiceTable, caller: Caller): void {
  services.add('Communicator', {
    Start: (argument) => start(communicator, caller, argument),
    Upload: (argument) => upload(communicator, caller.peer, argument),
    Download: (argument) => download(communicator, caller.peer, argument),
    UploadDir: (argument) => communicator.uploadDir(readDirectoryTransfer(argument)),
    DownloadDir: (argument) => communicator.downloadDir(readDirectoryTransfer(argument)),
  })
}

interface CommandStreams {
  readonly stdin: YamuxStream | undefined
  readonly stdout: YamuxStream | undefined
  readonly stderr: YamuxStream | undefined
  readonly response: YamuxStream | undefined
}

/** Answers when the command has begun; how it ends travels on a stream of its own. */
async function start(communicator: Communicator, { peer, left }: Caller, argument: unknown): Promise<void> {
  const fields = asFields(argument, 'The argument of Start')
  const command = asText(fields['Command'], 'A command')
  const streams = await dialCommandStreams(peer, [
    fields['StdinStreamId'],
    fields['StdoutStreamId'],
    fields['StderrStreamId'],
    fields['ResponseStreamId'],
  ])
  const stdout = streams.stdout && writableTo(streams.stdout)
  const stderr = streams.stderr && writableTo(streams.stderr)
  try {
    const running = await communicator.start({
      command,
      signal: left,
      ...(streams.stdin ? { stdin: readableFrom(streams.stdin) } : {}),
      ...(stdout ? { stdout } : {}),
      ...(stderr ? { stderr } : {}),
    })
    void report(running, streams, { peer, outputs: [stdout, stderr] })
  } catch (error) {
    closeAll(streams)
    throw error
  }
}

async function dialCommandStreams(peer: Peer, ids: readonly unknown[]): Promise<CommandStreams> {
  const dials = ids.map(async (value) => {
    const id = asOptionalStreamId(value, "A command's stream id")
    return id === undefined ? undefined : await peer.broker.dial(id)
  })
  const settled = await Promise.allSettled(dials)
  const [stdin, stdout, stderr, response] = settled.map((dial) =>
    dial.status === 'fulfilled' ? dial.value : undefined,
  )
  const streams = { stdin, stdout, stderr, response }
  const failed = settled.find((dial) => dial.status === 'rejected')
  if (!failed) return streams
  closeAll(streams)
  throw failed.reason
}

async function report(
  running: RunningCommand,
  { stdin, response }: CommandStreams,
  { peer, outputs }: { peer: Peer; outputs: readonly (Writable | undefined)[] },
): Promise<void> {
  const status = await running.exitStatus.then(encodeCommandFinished).catch((error) => {
    peer.log(`[ERROR] A command was lost: ${errorText(error)}`)
    return encodeCommandFinished(STATUS_LOST)
  })
  for (const output of outputs) output?.end()
  stdin?.abandon()
  // A caller that is gone does not want to know.
  response?.write(status).catch(() => {})
  void response?.close()
}

function closeAll({ stdin, stdout, stderr, response }: CommandStreams): void {
  for (const stream of [stdin, stdout, stderr, response]) stream?.abandon()
}

async function upload(communicator: Communicator, peer: Peer, argument: unknown): Promise<void> {
  const fields = asFields(argument, 'The argument of Upload')
  const path = asText(fields['Path'], 'A path')
  const info = readFileInfo(fields['FileInfo'])
  const stream = await peer.broker.dial(asStreamId(fields['ReaderStreamId'], 'The stream of an upload'))
  try {
    await communicator.upload({ path, source: readableFrom(stream), ...(info ? { info } : {}) })
  } finally {
    stream.abandon()
  }
}

async function download(communicator: Communicator, peer: Peer, argument: unknown): Promise<void> {
  const fields = asFields(argument, 'The argument of Download')
  const path = asText(fields['Path'], 'A path')
  const stream = await peer.broker.dial(asStreamId(fields['WriterStreamId'], 'The stream of a download'))
  const target = writableTo(stream)
  try {
    await communicator.download({ path, target })
    await ended(target)
  } finally {
    stream.abandon()
  }
}

function ended(target: Writable): Promise<void> {
  if (target.writableFinished) return Promise.resolve()
  return new Promise((resolve, reject) =>
    target.end((error?: Error | null) => (error ? reject(error) : resolve())),
  )
}
