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
export type Room = Schemas['Room'];
export type RoomVersion = Schemas['RoomVersion'];
export type RoomComment = Schemas['RoomComment'];
export type RoomEvents = Schemas['RoomEvents'];
export type Canvas = Schemas['Canvas'];
export type CanvasHistory = Schemas['CanvasHistory'];
export type CanvasHistoryItem = Schemas['CanvasEvent'];
export type CanvasPixel = Schemas['CanvasPixel'];
export type CanvasPixelChange = Schemas['CanvasPixelChange'];
export type CanvasStatistics = Schemas['CanvasStats'];
export type TextDocument = Schemas['TextDocument'];
export type TextCrdt = Schemas['TextCrdt'];

/** One page of a list: `total` counts the whole list, pages start at 1. */
export interface Page<T> {
  items: T[];
  page: number;
  size: number;
  total: number;
}
