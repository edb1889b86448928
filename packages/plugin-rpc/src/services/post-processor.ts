import type { PostProcessCall, PostProcessed, PostProcessor } from '../components.ts'
import type { RpcClient } from '../net-rpc/client.ts'
import { ServiceTable } from '../net-rpc/service-table.ts'
import { artifactClient, serveArtifact } from './artifact.ts'
import { bodyError, throwBodyError } from './body-error.ts'
import { readConfigs, writeConfigs } from './config-elements.ts'
import { readSpecReply, specReply } from './config-spec.ts'
import { aborted, cancelWhenTaken, logCall, offer, type Peer, reach } from './peer.ts'
import type { Runs } from './runs.ts'
import { asBoolean, asFields, asOptionalStreamId, asStreamId } from './shape.ts'
import { serveUi, uiClient } from './ui.ts'

const POST_PROCESS = 'PostProcessor.PostProcess'

/** The body of an answer without an artifact. */
const NOTHING = { Err: null, Keep: false, ForceOverride: false, StreamId: 0 }

/** The root service of a plugin process for one post-processor. */
export function servePostProcessor(processor: PostProcessor, peer: Peer, runs: Runs): ServiceTable {
  return new ServiceTable().add('PostProcessor', {
    ConfigSpec: async () => specReply('ConfigSpec', await processor.configSpec(), peer),
    Configure: (argument) => {
      runs.renew()
      return processor.configure(readConfigs(argument))
    },
    PostProcess: (id) =>
      runs.run((signal) =>
        postProcess(processor, peer, { id: asStreamId(id, "The post-processor's stream id"), signal }),
      ),
    Cancel: () => runs.cancel(aborted('The post-processor was cancelled.')),
  })
}

/**
 * Dials before anything slow: the host waits five seconds for it. The stream stays open where there is a result, which
 * may be the input, or answer with what the input says.
 */
async function postProcess(
  processor: PostProcessor,
  peer: Peer,
  call: { id: number; signal: AbortSignal },
): Promise<Record<string, unknown>> {
  const callbacks = await reach(peer, call.id)
  const ui = uiClient(callbacks, peer)
  const input = artifactClient(callbacks)
  let result: PostProcessed | undefined
  try {
    call.signal.throwIfAborted()
    result = await processor.postProcess({ ui, artifact: input, signal: call.signal })
    return result ? reply(result, result.artifact === input, peer) : NOTHING
  } catch (error) {
    logCall(peer.log, POST_PROCESS, error)
    return { ...NOTHING, Err: bodyError(error) }
  } finally {
    await ui.settled()
    if (!result) callbacks.close()
  }
}

/** A host destroys an input that is not kept, also where it is the result. */
function reply(result: PostProcessed, isInput: boolean, peer: Peer): Record<string, unknown> {
  return {
    Err: null,
    Keep: isInput || result.keepInput,
    ForceOverride: isInput || result.forceKeep,
    StreamId: offer(peer, serveArtifact(result.artifact)).id,
  }
}

export function postProcessorClient(rpc: RpcClient, peer: Peer): PostProcessor {
  return {
    configSpec: async () => readSpecReply('ConfigSpec', await rpc.call('PostProcessor.ConfigSpec'), peer),
    configure: async (configs) => {
      await rpc.call('PostProcessor.Configure', writeConfigs(configs))
    },
    postProcess: (call) => callPostProcess(rpc, peer, call),
  }
}

/** The plugin says itself when it needs the input no more: its result may be made of it. */
async function callPostProcess(
  rpc: RpcClient,
  peer: Peer,
  { ui, artifact, signal }: PostProcessCall,
): Promise<PostProcessed | undefined> {
  signal.throwIfAborted()
  const services = serveArtifact(artifact)
  serveUi(ui, services)
  const callbacks = offer(peer, services)
  const stop = cancelWhenTaken(callbacks, { peer, rpc, method: 'PostProcessor.Cancel', signal })
  let result: PostProcessed | undefined
  try {
    result = await readPostProcessed(await rpc.call(POST_PROCESS, callbacks.id), peer)
    return result
  } finally {
    stop()
    if (!result) void callbacks.close()
  }
}

async function readPostProcessed(answer: unknown, peer: Peer): Promise<PostProcessed | undefined> {
  const fields = asFields(answer, 'The answer to PostProcess')
  throwBodyError(fields['Err'], POST_PROCESS)
  const id = asOptionalStreamId(fields['StreamId'], "The artifact's stream id")
  if (id === undefined) return undefined
  const keepInput = asBoolean(fields['Keep'], 'Whether the input is kept')
  const forceKeep = asBoolean(fields['ForceOverride'], 'Whether the input must be kept')
  return { artifact: artifactClient(await reach(peer, id)), keepInput, forceKeep }
}
