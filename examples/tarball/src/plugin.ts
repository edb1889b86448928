import { definePlugin } from '@ingot/plugin-sdk'
import { tarball } from './builder.ts'
import { exported } from './export.ts'
import { inventory } from './inventory.ts'
import { latest } from './latest.ts'

/** Importing it starts nothing; the bundle serves it. */
export const plugin = definePlugin({
  name: 'tarball',
  version: '1.0.0',
  builders: { image: tarball },
  provisioners: { inventory },
  postProcessors: { export: exported },
  datasources: { latest },
})
