import { useParams } from "wouter";
import { TalkScreen } from "../features/conversations/TalkScreen";
import { ChartCard } from "../features/picture/ChartCard";
import { askWhy } from "./askWhy";

/** One talk at its address; beside the pupil's sheet stands the talent picture. */
export default function TalkRoute() {
  const { conversationId = "" } = useParams<{ conversationId: string }>();
  return (
    <TalkScreen
      key={conversationId}
      id={conversationId}
      instead={askWhy}
      map={({ pupil, viewer, picture }) => picture && <ChartCard picture={{ pupil, viewer, ...picture }} />}
    />
  );
}
