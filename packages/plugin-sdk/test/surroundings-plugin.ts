import { config, DEFAULT_COMPONENT, defineBuilder, definePlugin } from '@ingot/plugin-sdk'

const around = defineBuilder({
  config: config({}),
  images: 'none',
  async run() {
    const { crc32 = () => 'none' } = (await import('node:zlib')) as { crc32?: (text: string) => unknown }
    return {
      id: JSON.stringify({ node: process.version, options: process.env['NODE_OPTIONS'], crc: crc32('') }),
    }
  },
})

/** A plugin that tells what it found around it, for the tests of what it is run with. */
export const plugin = definePlugin({
  name: 'surroundings',
  version: '1.0.0',
  builders: { [DEFAULT_COMPONENT]: around },
})
