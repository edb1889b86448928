export { type Component, components, type License, licenses } from './choices.ts'
export { CreateError, type CreateErrorCode } from './create-error.ts'
export { type CreatedPlugin, type CreateOptions, createPlugin } from './create-plugin.ts'
