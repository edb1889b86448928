export type * from './components.ts'
export type * from './spec/hcl-spec.ts'
