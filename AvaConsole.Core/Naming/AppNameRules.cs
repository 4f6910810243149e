using AvaConsole.Core.Common;

namespace AvaConsole.Core.Naming;

/// <summary>Judges an app's names beside all others. Fields are those of <c>AppRequest</c>.</summary>
internal static class AppNameRules
{
    private const string Command = nameof(Command);
    private const string InstanceName = nameof(InstanceName);

    public static AppNameVerdict Judge(AppNameQuery query, TakenAppNames taken)
    {
        var command = query.Command;
        if (AppName.CheckAlone(command) is { } wrong)
        {
            return new AppNameVerdict { Name = command, Problems = [wrong], Proposal = Proposal(Fit(command), taken) };
        }

        var recommended = new AppName(command).Instance;
        var instance = query.Instance.Length > 0 ? query.Instance : recommended;
        var problems = new List<Problem>();
        problems.AddRange(FindClash(command, taken) is { } clash ? [clash] : []);
        problems.AddRange(CheckInstance(command, instance, recommended, taken) is { } unfit ? [unfit] : []);
        var hasUnderscore = command.Contains('_', StringComparison.Ordinal);
        var proposal = problems.Exists(problem => problem.Field == Command) || hasUnderscore ? Proposal(AppName.Hyphenated(command), taken) : "";
        return new AppNameVerdict
        {
            Name = command,
            Instance = instance,
            Recommended = recommended,
            NeedsReason = instance != recommended,
            Problems = problems,
            Warnings = hasUnderscore ? [new Problem(Command, "app.command_underscore", command, proposal)] : [],
            Proposal = proposal,
        };
    }

    /// <summary>The same with a command that is free now.</summary>
    public static AppNameVerdict JudgeFree(AppNameQuery query, TakenAppNames taken)
    {
        var verdict = Judge(query, taken);
        return verdict.Proposal.Length == 0 ? verdict : Judge(query with { Command = verdict.Proposal }, taken);
    }

    private static Problem? FindClash(string command, TakenAppNames taken)
    {
        var other = taken.Commands.FirstOrDefault(one => one.Name == command) ?? taken.Commands.FirstOrDefault(one => AppName.Clash(command, one.Name));
        return other is null ? null : new Problem(Command, CodeOf(other, command), command, other.Name, other.Who, Proposal(AppName.Hyphenated(command), taken));
    }

    private static string CodeOf(TakenName other, string command) => (other.By, other.Name == command) switch
    {
        (TakenBy.App, true) => "app.command_taken_app",
        (TakenBy.App, false) => "app.command_prefix_app",
        (TakenBy.Live, true) => "app.command_taken_live",
        (TakenBy.Live, false) => "app.command_prefix_live",
        (TakenBy.Plan, true) => "app.command_taken_plan",
        (TakenBy.Plan, false) => "app.command_prefix_plan",
        (_, true) => "app.command_taken_reserved",
        (_, false) => "app.command_prefix_reserved",
    };

    private static Problem? CheckInstance(string command, string instance, string recommended, TakenAppNames taken)
    {
        if (!AppName.IsInstance(instance))
        {
            return new Problem(InstanceName, "app.instance_invalid", instance);
        }

        // ava-foo is foo's, whether there is a foo yet or not: both names of an app can be told from each other.
        if (instance != recommended && AppName.TryParse(instance, out var other) && other.Command != instance)
        {
            return new Problem(InstanceName, "app.instance_of_other", instance, other.Command, recommended);
        }

        return taken.Instances.FirstOrDefault(one => one.Name == instance) is { } same && !taken.Commands.Any(one => one.Name == command)
            ? new Problem(InstanceName, same.By == TakenBy.Reserved ? "app.instance_reserved" : "app.instance_taken", instance, same.Who)
            : null;
    }

    private static string Proposal(string command, TakenAppNames taken)
    {
        if (command.Length == 0)
        {
            return "";
        }

        var others = taken.AllCommands;
        return AppName.Check(command, others) is null ? command : AppName.ProposeFree(command, others);
    }

    /// <summary>What was meant, as far as it can be told: lower-case words with hyphens. Empty where nothing is left.</summary>
    private static string Fit(string text)
    {
        var lower = string.Concat(text.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));
        var words = string.Join('-', lower.Split('-', StringSplitOptions.RemoveEmptyEntries)).TrimStart('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '-');
        var bare = words.StartsWith(AppName.InstancePrefix, StringComparison.Ordinal) ? words[AppName.InstancePrefix.Length..] : words;
        return bare.Length > AppName.MaxCommand ? bare[..AppName.MaxCommand].TrimEnd('-') : bare;
    }
}
