import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  artifact,
  builder,
  communicator,
  datasource,
  never,
  noHook,
  postProcessor,
  provisioner,
  recordingUi,
} from '../../test/components.ts'
import { fuzzing } from '../../test/fuzzing.ts'
import { hostOf } from '../../test/hand-made-plugin.ts'
import { sessionPair } from '../../test/raw-end.ts'
import { Broker } from '../broker/broker.ts'
import { RpcClient } from '../net-rpc/client.ts'
import { RpcServer } from '../net-rpc/server.ts'
import { ServiceTable } from '../net-rpc/service-table.ts'
import { artifactClient, serveArtifact } from './artifact.ts'
import { serveBuilder } from './builder.ts'
import { serveCommunicator } from './communicator-server.ts'
import { serveDatasource } from './datasource.ts'
import { serveHook } from './hook.ts'
import type { Peer } from './peer.ts'
import { servePostProcessor } from './post-processor.ts'
import { serveProvisioner } from './provisioner.ts'
import { Runs } from './runs.ts'
import { serveUi } from './ui.ts'

/** Ids that nobody accepts would be waited for; these are none. */
const noStreamId = fc.integer().filter((number) => number <= 0 || number > 0xffff_ffff)

const names = fc.constantFrom(
  'Configs',
  'Name',
  'Data',
  'StreamId',
  'Command',
  'StdinStreamId',
  'StdoutStreamId',
  'StderrStreamId',
  'ResponseStreamId',
  'Path',
  'ReaderStreamId',
  'WriterStreamId',
  'FileInfo',
  'N',
  'S',
  'M',
  'T',
  'Src',
  'Dst',
  'Exclude',
  'TotalSize',
  'CurrentSize',
  'Category',
  'Args',
  'GeneratedVars',
  'Warnings',
  'Error',
  'Message',
  'ConfigSpec',
  'OutputSpec',
  'Value',
  'GeneratedData',
  'StreamID',
  'Err',
  'Keep',
  'ForceOverride',
)

/** Anything that can be said where something else is expected. */
const anything = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false, 1.5, -1, 0, 2n ** 63n),
    noStreamId,
    fc.string(),
    fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    fc.date({ noInvalidDate: true }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(names, fc.string()), tie('value'), { maxKeys: 6, noNullPrototype: true }),
  ),
})).value

function fill(peer: Peer): ServiceTable[] {
  const callbacks = new ServiceTable()
  serveUi(recordingUi(), callbacks)
  serveHook(noHook, callbacks, peer)
  serveCommunicator(communicator(), callbacks, { peer, left: never })
  return [
    serveBuilder(builder(), peer, new Runs()),
    serveDatasource(datasource(), peer, new Runs()),
    serveArtifact(artifact()),
    callbacks,
    serveProvisioner(provisioner(), peer, new Runs()),
    servePostProcessor(postProcessor(), peer, new Runs()),
  ]
}

const METHODS: readonly [number, string[]][] = [
  [0, ['Builder.ConfigSpec', 'Builder.Prepare', 'Builder.Run', 'Builder.Cancel']],
  [
    1,
    [
      'Datasource.ConfigSpec',
      'Datasource.Configure',
      'Datasource.OutputSpec',
      'Datasource.Execute',
      'Datasource.Cancel',
    ],
  ],
  [
    2,
    [
      'Artifact.BuilderId',
      'Artifact.Id',
      'Artifact.String',
      'Artifact.Files',
      'Artifact.State',
      'Artifact.Destroy',
    ],
  ],
  [
    3,
    [
      'Ui.Say',
      'Ui.Ask',
      'Ui.Machine',
      'Ui.NewTrackProgress',
      'Hook.Run',
      'Hook.Cancel',
      'Communicator.Start',
    ],
  ],
  [3, ['Communicator.Upload', 'Communicator.Download', 'Communicator.UploadDir', 'Communicator.DownloadDir']],
  [4, ['Provisioner.ConfigSpec', 'Provisioner.Prepare', 'Provisioner.Provision', 'Provisioner.Cancel']],
  [
    5,
    [
      'PostProcessor.ConfigSpec',
      'PostProcessor.Configure',
      'PostProcessor.PostProcess',
      'PostProcessor.Cancel',
    ],
  ],
]

describe('whatever is said to a service', () => {
  it.each(METHODS.flatMap(([table, methods]) => methods.map((method) => [method, table] as const)))(
    '%s answers, and the stream goes on',
    async (method, table) => {
      const { host, plugin } = sessionPair()
      const peer: Peer = { broker: new Broker(plugin), protobuf: true, log: () => {} }
      const accepted = peer.broker.accept(1).stream
      const rpc = new RpcClient(await new Broker(host).dial(1))
      new RpcServer(await accepted, fill(peer)[table]!)
      await fc.assert(
        fc.asyncProperty(anything, async (argument) => {
          const failure = await rpc.call(method, argument).then(
            () => undefined,
            (error) => error.name,
          )
          expect([undefined, 'RemoteError']).toContain(failure)
        }),
        fuzzing(200),
      )
      await host.close()
    },
  )
})

describe('whatever a service answers', () => {
  const settle = (call: Promise<unknown>) =>
    call.then(
      () => undefined,
      (error) => error.name,
    )
  const only = [undefined, 'WireError', 'RemoteError']

  it('a host gets a value or a typed error from a builder', async () => {
    let reply: unknown
    const host = await hostOf('Builder', () => ({
      ConfigSpec: () => reply,
      Prepare: () => reply,
      Run: () => reply,
    }))
    await fc.assert(
      fc.asyncProperty(anything, async (said) => {
        reply = said
        expect(only).toContain(await settle(host.builder().configSpec()))
        expect(only).toContain(await settle(host.builder().prepare([])))
        expect(only).toContain(
          await settle(host.builder().run({ ui: recordingUi(), hook: noHook, signal: never })),
        )
      }),
    )
    await host.close()
  })

  it('a host gets a value or a typed error from a data source', async () => {
    let reply: unknown
    const answer = () => reply
    const host = await hostOf('Datasource', () => ({
      ConfigSpec: answer,
      OutputSpec: answer,
      Configure: answer,
      Execute: answer,
    }))
    const { configSpec, outputSpec, configure, execute } = host.datasource()
    await fc.assert(
      fc.asyncProperty(anything, async (said) => {
        reply = said
        for (const call of [configSpec, outputSpec]) expect(only).toContain(await settle(call()))
        expect(only).toContain(await settle(configure([])))
        expect(only).toContain(await settle(execute({ signal: never })))
      }),
    )
    await host.close()
  })

  it('a host gets a value or a typed error from a provisioner', async () => {
    let reply: unknown
    const answer = () => reply
    const host = await hostOf('Provisioner', () => ({
      ConfigSpec: answer,
      Prepare: answer,
      Provision: answer,
    }))
    const { configSpec, prepare, provision } = host.provisioner()
    await fc.assert(
      fc.asyncProperty(anything, async (said) => {
        reply = said
        expect(only).toContain(await settle(configSpec()))
        expect(only).toContain(await settle(prepare([])))
        const call = { ui: recordingUi(), communicator: communicator(), data: {}, signal: never }
        expect(only).toContain(await settle(provision(call)))
      }),
    )
    await host.close()
  })

  it('a host gets a value or a typed error from a post-processor', async () => {
    let reply: unknown
    const answer = () => reply
    const host = await hostOf('PostProcessor', () => ({
      ConfigSpec: answer,
      Configure: answer,
      PostProcess: answer,
    }))
    const { configSpec, configure, postProcess } = host.postProcessor()
    await fc.assert(
      fc.asyncProperty(anything, async (said) => {
        reply = said
        expect(only).toContain(await settle(configSpec()))
        expect(only).toContain(await settle(configure([])))
        expect(only).toContain(
          await settle(postProcess({ ui: recordingUi(), artifact: artifact(), signal: never })),
        )
      }),
    )
    await host.close()
  })

  it('a host gets a value or a typed error from an artifact', async () => {
    let reply: unknown
    const answer = () => reply
    const { host, plugin } = sessionPair()
    const client = artifactClient(new RpcClient(host.open()))
    const methods = {
      BuilderId: answer,
      Id: answer,
      String: answer,
      Files: answer,
      State: answer,
      Destroy: answer,
    }
    new RpcServer((await plugin.accept())!, new ServiceTable().add('Artifact', methods))
    await fc.assert(
      fc.asyncProperty(anything, async (said) => {
        reply = said
        const { builderId, id, describe, files, state, destroy } = client
        for (const call of [builderId, id, describe, files, () => state('x'), destroy])
          expect(only).toContain(await settle(call()))
      }),
    )
    await host.close()
  })
})
