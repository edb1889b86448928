import { fileURLToPath } from 'node:url'

/** Where tests keep the Nodes that they try plugins with, from one run to the next. */
export const nodeCache = fileURLToPath(new URL('../../../node_modules/.cache/ingot-node', import.meta.url))
