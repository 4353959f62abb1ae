import { useParams } from "wouter";
import { PictureScreen } from "../features/picture/PictureScreen";
import { askWhy } from "./askWhy";

/** The talent picture of the pupil at this address. */
export default function PictureRoute() {
  const { pupilId } = useParams<{ pupilId: string }>();
  return <PictureScreen key={pupilId} pupilId={pupilId} instead={askWhy} />;
}
