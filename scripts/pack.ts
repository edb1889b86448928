import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { packPackages } from './packing/pack-packages.ts'

// Packs the packages as they are published, for an `npm install` of the tarballs or an `npm publish` of each:
//   npm run pack -- --out FOLDER [--json]
const root = join(import.meta.dirname, '..')
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: join(root, 'dist') },
    json: { type: 'boolean', default: false },
  },
})
const packed = packPackages(root, values.out)
console.log(values.json ? JSON.stringify(packed) : packed.map(({ file }) => file).join('\n'))
