using System.Collections.Frozen;
using AvaConsole.Core.Schemas.Lint;

namespace AvaConsole.Core.Images.Dockerfiles;

/// <summary>All rules for Dockerfiles. Severities are data: nothing else in the code knows them.</summary>
public static class DockerfileRules
{
    /// <summary>What breaks a build or a release is an error, what makes it worse or less sure a warning.</summary>
    public static IReadOnlyList<DockerfileRule> All { get; } =
    [
        Error("dockerfile.no_base"), Error("dockerfile.before_base"), Error("dockerfile.unknown_instruction"), Error("dockerfile.heredoc_open"),
        Error("dockerfile.line_too_long"), Error("dockerfile.control_character"), Error("dockerfile.no_arguments"),
        Error("dockerfile.base_invalid"), Error("dockerfile.base_unpinned"), Warn("dockerfile.base_mutable"), Warn("dockerfile.base_variable"), Error("dockerfile.base_outside"),
        Error("dockerfile.apt_without_update"), Warn("dockerfile.apt_update_alone"), Error("dockerfile.apt_without_yes"), Warn("dockerfile.apt_without_cleanup"),
        Warn("dockerfile.apt_recommends"), Warn("dockerfile.apt_unstable"), Warn("dockerfile.pip_unpinned"), Warn("dockerfile.pip_cache"),
        Error("dockerfile.gpu_package_on_cpu"), Warn("dockerfile.cpu_package_on_gpu"), Error("dockerfile.cuda_other"),
        Warn("dockerfile.sudo"), Warn("dockerfile.cd"), Warn("dockerfile.chmod_777"), Error("dockerfile.secret"),
        Warn("dockerfile.add_url"), Warn("dockerfile.workdir_relative"), Warn("dockerfile.several_commands"), Warn("dockerfile.several_entrypoints"),
        Warn("dockerfile.maintainer"), Warn("dockerfile.entrypoint_shell"), Warn("dockerfile.root_user"),
    ];

    private static readonly FrozenDictionary<string, DockerfileRule> s_byId = All.ToFrozenDictionary(rule => rule.Id, StringComparer.Ordinal);

    internal static DockerfileRule Of(string id) => s_byId[id];

    private static DockerfileRule Error(string id) => new(id, LintSeverity.Error);

    private static DockerfileRule Warn(string id) => new(id, LintSeverity.Warn);
}
