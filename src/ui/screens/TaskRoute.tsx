import { getRouteApi } from '@tanstack/react-router';
import { TaskScreen } from '../task/TaskScreen.tsx';

const route = getRouteApi('/task/$chain/$contract/$id');

/** The page of a task at its address. */
export function TaskRoute() {
  return <TaskScreen {...route.useParams()} />;
}
