import { createContext, useContext } from 'react';
import type { StageModel } from './stage-model.ts';

export const StageContext = createContext<StageModel | undefined>(undefined);

export function useStage(): StageModel {
  const model = useContext(StageContext);
  if (model === undefined) throw new Error('This is not inside a stage');
  return model;
}
