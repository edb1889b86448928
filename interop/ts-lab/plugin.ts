import { definePlugin } from '@ingot/plugin-sdk'
import { facts } from './facts.ts'
import { machine } from './machine.ts'
import { task } from './task.ts'
import { wrap } from './wrap.ts'

/** What interop/go-lab is in Go: packer does the same with both, and its user reads the same. */
export const plugin = definePlugin({
  name: 'lab',
  version: '1.0.0',
  builders: { machine },
  provisioners: { task },
  postProcessors: { wrap },
  datasources: { facts },
})
