import { useParams } from "wouter";
import { PupilChoicesScreen } from "../features/choices/PupilChoicesScreen";
import { askWhy } from "./askWhy";

/** The choices of the pupil at this address. */
export default function ChoicesRoute() {
  const { pupilId } = useParams<{ pupilId: string }>();
  return <PupilChoicesScreen key={pupilId} pupilId={pupilId} instead={askWhy} />;
}
