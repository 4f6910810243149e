using AvaConsole.Web.Cli.Common;

namespace AvaConsole.Web.Cli.Doctor;

/// <summary><c>asectl doctor …</c>: what this machine has, and what it lacks.</summary>
internal sealed class DoctorCommand : Noun
{
    public DoctorCommand()
        : base("doctor", "DoctorDescription") => Add(new DoctorGpuVerb());
}
