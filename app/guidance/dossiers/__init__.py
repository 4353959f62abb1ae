"""The loopbaandossier: what a pupil of vmbo 3 and 4 shows of five competencies, frozen when it is handed in."""
