package dev.wellhead.cli;

import dev.wellhead.cli.doctor.DoctorText;
import dev.wellhead.cli.output.ProgressLine;
import dev.wellhead.cli.output.RunningLine;
import dev.wellhead.cli.service.ServiceExaminer;
import dev.wellhead.cli.service.ServiceKind;
import dev.wellhead.cli.service.ServiceListing;
import dev.wellhead.cli.service.ServiceReport;
import dev.wellhead.cli.verdict.Outcome;
import dev.wellhead.internal.sources.SettingsRequest;
import java.time.Duration;

/** {@code doctor --service}: checks one service in stages, with the output of the check of a database. */
final class ServiceDoctor {

    private final CommandContext context;
    private final boolean json;

    ServiceDoctor(CommandContext context, boolean json) {
        this.context = context;
        this.json = json;
    }

    /** {@return the exit code} It is that of the service; the database is not opened. */
    int run(ServiceKind kind, String name, SettingsRequest request, Duration timeout) throws InterruptedException {
        try (RunningLine running = new RunningLine(new ProgressLine(context.err(), context.errorTerminal()))) {
            DoctorText text = new DoctorText(context.out(), context.terminal(), running);
            ExplainReport database = ExplainReport.of(request, context.variables());
            ServiceListing listing =
                    ServiceListing.of(context.variables(), context.requests(), database.settings(), database.hosts());
            ServiceExaminer examiner = new ServiceExaminer(
                    kind,
                    name,
                    listing,
                    context.requests().apply(name),
                    json ? new DoctorCommand.ProgressOnly(text) : text);
            if (!json) {
                text.begins("Service '" + kind.label(name) + "'");
            }
            Once end = new Once();
            OnShutdown interrupted = OnShutdown.run(() -> end.print(examiner.report(Outcome.INTERRUPTED), text));
            try (interrupted) {
                boolean finished = examiner.examine(timeout);
                return end.print(examiner.report(finished ? Outcome.OK : Outcome.TIMED_OUT), text);
            }
        }
    }

    /** The end of the output, which is printed when the check ends or the command is interrupted. */
    private final class Once {

        private boolean printed;

        private synchronized int print(ServiceReport report, DoctorText text) {
            if (!printed) {
                printed = true;
                if (json) {
                    text.stop();
                    context.out().print(report.json());
                    context.out().flush();
                } else {
                    text.end(report.conclusion(), report.verdict(), "");
                }
            }
            return report.conclusion().outcome().exitCode();
        }
    }
}
