using System.Reflection;
using Palermo.Access;
using Palermo.Authorities;
using Palermo.Data;
using Palermo.Exchange;
using Palermo.Kernel;
using Palermo.Requests;
using Palermo.Treaties;
using Palermo.Web;

namespace Palermo.Tests.Architecture;

/// <summary>The program's own assemblies.</summary>
internal static class Modules
{
    internal static Assembly[] All { get; } =
        [typeof(Texts).Assembly, typeof(PalermoContext).Assembly, typeof(WebTexts).Assembly, typeof(AccessModule).Assembly, typeof(TreatyModule).Assembly,
            typeof(AuthoritiesModule).Assembly, typeof(RequestsModule).Assembly, typeof(ExchangeModule).Assembly, typeof(Program).Assembly];
}
