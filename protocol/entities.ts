/** The entities as they cross a wire; their one definition is openapi.yaml. */
import type { components } from './generated/openapi.ts';

type Schemas = components['schemas'];

export type Document = Schemas['Document'];
export type Annotation = Schemas['Annotation'];
export type AnnotationType = Schemas['AnnotationType'];
export type AnnotationStyle = Schemas['AnnotationStyle'];
export type Version = Schemas['Version'];
export type VersionDetail = Schemas['VersionDetail'];
export type ExportJob = Schemas['ExportJob'];
export type ExportFormat = Schemas['ExportFormat'];
export type TextDocument = Schemas['TextDocument'];
export type TextCrdt = Schemas['TextCrdt'];

/** One page of a list: `total` counts the whole list, pages start at 1. */
export interface Page<T> {
  items: T[];
  page: number;
  size: number;
  total: number;
}
