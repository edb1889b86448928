import type { Component } from '../src/components.ts'
import type { ConnectedComponent } from '../src/host/connect-component.ts'
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
} from './components.ts'
import { componentOf } from './recording.ts'

/** Does a little of everything that it is asked. */
export function componentFor(name: string): Component {
  const { kind } = componentOf(name)
  if (kind === 'builder') return { builder: builder({ run: async () => artifact() }) }
  if (kind === 'datasource') return { datasource: datasource() }
  if (kind === 'post-processor')
    return {
      postProcessor: postProcessor({
        postProcess: async ({ artifact: given }) => ({ artifact: given, keepInput: true, forceKeep: false }),
      }),
    }
  return {
    provisioner: provisioner({
      provision: async ({ ui, communicator }) => {
        await ui.say('provisioning')
        await (await communicator.start({ command: 'true' })).exitStatus
      },
    }),
  }
}

/** Calls all that a recorded plugin of that kind answered. */
export function askedOf(host: ConnectedComponent, name: string): Promise<unknown>[] {
  const { kind } = componentOf(name)
  const call = { ui: recordingUi(), signal: never }
  if (kind === 'builder') {
    const { configSpec, prepare, run } = host.builder()
    return [configSpec(), prepare([]), configSpec(), run({ ...call, hook: noHook })]
  }
  if (kind === 'datasource') {
    const { configSpec, configure, execute } = host.datasource()
    return [configSpec(), configure([]), configSpec(), execute(call)]
  }
  if (kind === 'post-processor') {
    const { configSpec, configure, postProcess } = host.postProcessor()
    return [configSpec(), configure([]), configSpec(), postProcess({ ...call, artifact: artifact() })]
  }
  const { configSpec, prepare, provision } = host.provisioner()
  const run = { ...call, communicator: communicator(), data: {} }
  return [configSpec(), prepare([]), configSpec(), configSpec(), prepare([]), provision(run)]
}
