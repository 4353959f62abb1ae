import { useParams } from "wouter";
import { PupilTalks } from "./PupilTalks";
import "./conversations.css";

/** The talks of the pupil at this address, for school and home. */
export default function PupilTalksScreen() {
  const { pupilId = "" } = useParams<{ pupilId: string }>();
  return <PupilTalks key={pupilId} pupilId={pupilId} />;
}
