import type { Artifact, BuildCall, Builder, ConfigElement, Prepared } from '../components.ts'
import type { RpcClient } from '../net-rpc/client.ts'
import { ServiceTable } from '../net-rpc/service-table.ts'
import { artifactClient, serveArtifact } from './artifact.ts'
import { bodyError, throwBodyError } from './body-error.ts'
import { readConfigs, writeConfigs } from './config-elements.ts'
import { readSpecReply, specReply } from './config-spec.ts'
import { hookClient, serveHook } from './hook.ts'
import { aborted, cancelWhenTaken, offer, type Peer, reach } from './peer.ts'
import type { Runs } from './runs.ts'
import { asFields, asOptionalStreamId, asStreamId, asTexts } from './shape.ts'
import { serveUi, uiClient } from './ui.ts'

/** In place of a stream id: the build made no artifact. */
const NO_ARTIFACT = 0

/** The root service of a plugin process for one builder. */
export function serveBuilder(builder: Builder, peer: Peer, runs: Runs): ServiceTable {
  return new ServiceTable().add('Builder', {
    ConfigSpec: async () => specReply('ConfigSpec', await builder.configSpec(), peer),
    Prepare: (argument) => prepare(builder, readConfigs(argument)),
    Run: (id) =>
      runs.run((signal) => run(builder, peer, { id: asStreamId(id, "The build's stream id"), signal })),
    Cancel: () => runs.cancel(aborted('The build was cancelled.')),
  })
}

async function prepare(
  builder: Builder,
  configs: readonly ConfigElement[],
): Promise<Record<string, unknown>> {
  try {
    const { generatedVars, warnings } = await builder.prepare(configs)
    return { GeneratedVars: generatedVars, Warnings: warnings, Error: null }
  } catch (error) {
    return { GeneratedVars: null, Warnings: null, Error: bodyError(error) }
  }
}

/** Dials before anything slow: the host waits five seconds for it. */
async function run(
  builder: Builder,
  peer: Peer,
  build: { id: number; signal: AbortSignal },
): Promise<number> {
  const callbacks = await reach(peer, build.id)
  const ui = uiClient(callbacks, peer)
  try {
    build.signal.throwIfAborted()
    const artifact = await builder.run({ ui, hook: hookClient(callbacks, peer), signal: build.signal })
    return artifact ? offer(peer, serveArtifact(artifact)).id : NO_ARTIFACT
  } finally {
    await ui.settled()
    callbacks.close()
  }
}

export function builderClient(rpc: RpcClient, peer: Peer): Builder {
  return {
    configSpec: async () => readSpecReply('ConfigSpec', await rpc.call('Builder.ConfigSpec'), peer),
    prepare: async (configs) => readPrepared(await rpc.call('Builder.Prepare', writeConfigs(configs))),
    run: (build) => callRun(rpc, peer, build),
  }
}

function readPrepared(reply: unknown): Prepared {
  const fields = asFields(reply, 'The answer to Prepare')
  throwBodyError(fields['Error'], 'Builder.Prepare')
  return {
    generatedVars: asTexts(fields['GeneratedVars'], 'The list of generated variables'),
    warnings: asTexts(fields['Warnings'], 'The list of warnings'),
  }
}

async function callRun(
  rpc: RpcClient,
  peer: Peer,
  { ui, hook, signal }: BuildCall,
): Promise<Artifact | undefined> {
  signal.throwIfAborted()
  const services = new ServiceTable()
  serveUi(ui, services)
  const provisioning = serveHook(hook, services, peer)
  const callbacks = offer(peer, services)
  void callbacks.left.then(() => provisioning.abort())
  const stop = cancelWhenTaken(callbacks, { peer, rpc, method: 'Builder.Cancel', signal })
  try {
    const id = asOptionalStreamId(await rpc.call('Builder.Run', callbacks.id), "The artifact's stream id")
    return id === undefined ? undefined : artifactClient(await reach(peer, id))
  } finally {
    stop()
    void callbacks.close()
    await provisioning.abort()
  }
}
