import { definePlugin } from '@ingot/plugin-sdk'
import { copied } from './copied.ts'
import { simple } from './simple.ts'

/** Two builders that make nothing, to show how an artifact answers for its metadata by hand. */
export const plugin = definePlugin({
  name: 'happy-cloud',
  version: '1.0.0',
  builders: { simple, copied },
})
