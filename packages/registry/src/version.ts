import { createRequire } from 'node:module'

/** The version of this package, which is the product's. */
export const version: string = createRequire(import.meta.url)('../package.json').version
