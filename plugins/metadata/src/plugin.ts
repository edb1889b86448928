import { DEFAULT_COMPONENT, definePlugin } from '@ingot/plugin-sdk'
import { metadata } from './metadata.ts'

/** Importing it starts nothing; the bundle serves it. */
export const plugin = definePlugin({
  name: 'metadata',
  version: '1.0.0',
  postProcessors: { [DEFAULT_COMPONENT]: metadata },
})
